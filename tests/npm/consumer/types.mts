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
  Connection,
  ConnectionStream,
  FrameDecoder,
  FrameDecoderStream,
  FrameEncoderStream,
  HeadReader,
  acceptStream,
  connectStream,
  encodeFrame,
  errorTexts,
  opcodes,
  verifyRequest,
  type AcceptedStream,
  type ByteTransport,
  type ConnectionEnd,
  type FramePart,
  type Message,
  type TransportError,
  type VerifiedRequest,
  type Ws101Error,
} from 'ws101';
import {
  Connection as DeflatingConnection,
  acceptDeflate,
  acceptStream as acceptDeflating,
  agreeDeflate,
  connectStream as connectDeflating,
  offerDeflate,
  type CompressionOptions,
  type DeflateAgreement,
  type ConnectionOptions as DeflatingOptions,
} from 'ws101/deflate';
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

const transport: ByteTransport = new TransformStream<Uint8Array, Uint8Array>();
const accepted: AcceptedStream = await acceptStream(transport, { subprotocols: ({ subprotocols }) => subprotocols[0] ?? null, maxMessage: 1000 });
const connected: ConnectionStream = await connectStream(transport, { host: 'a', signal: AbortSignal.timeout(5) });
const messages: ReadableStream<Message> = accepted.readable;
await messages.pipeTo(connected.writable);
const end: ConnectionEnd = await connected.close(1000, 'bye');
const lost: TransportError['code'] = 'TRANSPORT_LOST';
const part: ReadableStream<FramePart> = transport.readable.pipeThrough(new FrameDecoderStream({ role: 'client' }));
await new FrameEncoderStream({ role: 'server' }).writable.getWriter().write({ opcode: opcodes.text, payload: 'Hello' });
console.log(accepted.request.host, accepted.subprotocol, end.code, lost, part.locked);

const offered: string = offerDeflate({ clientMaxWindowBits: true, serverMaxWindowBits: 9 }, {});
const agreement: DeflateAgreement | null = agreeDeflate(offered, request.extensions);
const decided: CompressionOptions = { level: 1, threshold: 0, noContextTakeover: true, idleMemory: 'freed' };
const deflating: DeflatingOptions = { deflate: { ...acceptDeflate(request.extensions), ...decided }, maxMessage: 1000 };
for (const event of DeflatingConnection.server(deflating).receive(frame)) if (event.type === 'text') console.log(event.data.length);
DeflatingConnection.client({ deflate: agreement });
await acceptDeflating(transport, { deflate: { serverNoContextTakeover: true, level: 9 } });
await connectDeflating(transport, { host: 'a', deflate: {} });

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
// @ts-expect-error: messages come whole
ConnectionStream.server(transport, { delivery: 'parts' });
// @ts-expect-error: a client must name the host
connectStream(transport, {});
// @ts-expect-error: what compresses is another entry
Connection.server({ deflate: {} });
// @ts-expect-error: levels are numbers
DeflatingConnection.server({ deflate: { level: 'best' } });
// @ts-expect-error: only a client leaves its own window to the server
acceptDeflate([], { clientMaxWindowBits: true });
// @ts-expect-error: there is no third role
new FrameDecoder({ role: 'proxy' });
// @ts-expect-error: a frame needs an opcode
encodeFrame({ payload: 'Hello' });
