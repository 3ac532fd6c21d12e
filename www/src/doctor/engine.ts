// The doctor's door: every judgement of a recording comes through here, from the npm module's entry `ws101/doctor`.
// Its module is large, so that everything in this folder is loaded when the doctor is first asked.

export { causes, diagnose, explainMessage, readRecordings, recogniseCode, rules } from 'ws101/doctor';

export type {
  Cause,
  CauseName,
  CodeCause,
  CodeFinding,
  Diagnosis,
  ExplainedCause,
  Explanation,
  Fault,
  FileForm,
  Finding,
  GapName,
  Place,
  RecordedConnection,
  Recording,
  RecordingFile,
  RuleCode,
  Severity,
  Verdict,
} from 'ws101/doctor';
