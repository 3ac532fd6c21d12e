// Compiled only: the same types through `require`.
import ws101 = require('ws101');
import inspecting = require('ws101/inspect');
import doctor = require('ws101/doctor');

const accept: string = ws101.acceptKey('dGhlIHNhbXBsZSBub25jZQ==');
const part: ws101.FramePart | undefined = [...new ws101.FrameDecoder({ role: 'client' }).decode(new Uint8Array(2))][0];
console.log(accept, part, inspecting.inspect(new Uint8Array(2), { as: 'frames' }).fields.length);
const findings: doctor.Finding[] = doctor.diagnose({ fromServer: 'hello', ended: 'fin' }).findings;
console.log(findings);
