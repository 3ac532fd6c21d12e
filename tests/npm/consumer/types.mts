// Compiled only: the types say what the tests call, as a module and with every condition.
import init, { acceptKey as slimAcceptKey } from 'ws101/slim';
import {
  causes,
  diagnose,
  explainMessage,
  readRecordings,
  recogniseCode,
  rules,
  type CodeFinding,
  type Diagnosis,
  type Explanation,
  type Finding,
  type Moment,
  type Recording,
  type RecordingFile,
  type RuleCode,
  type Verdict,
} from 'ws101/doctor';
import {
  FrameDecoder,
  HeadReader,
  encodeFrame,
  errorTexts,
  opcodes,
  verifyRequest,
  type FramePart,
  type VerifiedRequest,
  type Ws101Error,
} from 'ws101';
import { explainAcceptKey, fieldTexts, inspect, type AcceptSteps, type FieldKind, type Inspection } from 'ws101/inspect';

const frame: Uint8Array = encodeFrame({ opcode: opcodes.text, payload: 'Hello', maskingKey: 'random' });
const decoder = new FrameDecoder({ role: 'server' });
for (const part of decoder.decode(frame)) {
  const { payload, maskingKey }: FramePart = part;
  const key: Uint8Array | null = maskingKey;
  console.log(payload.length, key);
}
const dispose: () => void = decoder[Symbol.dispose];
const found: { head: Uint8Array; rest: Uint8Array } | null = new HeadReader({ maxLength: 100 }).receive(frame);
const request: VerifiedRequest = verifyRequest('GET / HTTP/1.1\r\n\r\n', { allowedOrigins: [] });
const inspection: Inspection = inspect(frame, { as: 'frames', role: 'client' });
const kind: FieldKind = inspection.fields[0]!.kind;
const name: string = fieldTexts[kind].name;
const error = inspection.problems[0] as Ws101Error;
const fix: string = errorTexts[error.code].fix;
const range: [number, number] | undefined = error.range;
const { nonce }: AcceptSteps = explainAcceptKey('dGhlIHNhbXBsZSBub25jZQ==');
await init();
console.log(nonce?.length, dispose, found, request, name, fix, range, slimAcceptKey('x'));

const timeline: Moment[] = [
  { at: 0, from: 'client', bytes: 'GET / HTTP/1.1' },
  { at: 1.5, from: 'server', bytes: new DataView(new ArrayBuffer(2)) },
  { at: 2, from: 'server', ended: 'fin' },
  { at: 2, from: 'client', rst: true },
];
const recording: Recording = { request: frame, response: null, fromServer: frame.buffer as ArrayBuffer, ended: 'rst', timeline };
const { findings, browsers }: Diagnosis = diagnose(recording);
const { rule, where, causes: [cause] } = findings[0] as Finding;
const more: number | undefined = findings.at(-1)?.more;
const { closeSent }: Verdict = browsers.firefox;
const sentCode: number | null | undefined = closeSent?.code;
const [explanation]: Explanation[] = explainMessage('failed: Invalid frame header');
const code: CodeFinding[] = recogniseCode('if ($length = 126)');
const file: RecordingFile = readRecordings('81 00');
diagnose(file.connections[0]!.recording);
const begins: { part: Finding['where']['part']; at: number; line: number } | undefined = file.connections[0]!.lines[0];
const codes: RuleCode[] = rules.map(({ code }) => code);
console.log(code, codes, file.form, begins?.line, more, rule.length, where.end - where.start, cause?.sentence, sentCode, explanation?.evidence, causes.length);

// @ts-expect-error: no rule has such a name
rule === 'FRAME_TOO_NICE';
// @ts-expect-error: a connection ends by fin or rst
diagnose({ ended: 'close' });
// @ts-expect-error: a moment has bytes, or an end
diagnose({ timeline: [{ at: 0, from: 'server' }] });
// @ts-expect-error: there is no third role
new FrameDecoder({ role: 'proxy' });
// @ts-expect-error: a frame needs an opcode
encodeFrame({ payload: 'Hello' });
