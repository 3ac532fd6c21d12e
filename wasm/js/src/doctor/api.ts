/**
 * The doctor: why a WebSocket connection fails, where, whose fault it is, what browsers make of it, and what to do.
 *
 * @packageDocumentation
 */

export { diagnose, type Diagnosis, type Fault, type Finding, type Place, type Severity, type Verdict } from './diagnose.ts';
export { explainMessage, recogniseCode, type CodeFinding, type Explanation } from './explain.ts';
export { readRecordings, type FileForm, type GapName, type RecordedConnection, type RecordingFile } from './file.ts';
export { type End, type Ended, type Moment, type Recorded, type Recording } from './recording.ts';
export { causes, rules, type Cause, type CauseName, type CodeCause, type ExplainedCause, type Rule, type RuleCode } from './words.ts';
