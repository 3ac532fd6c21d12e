// Compiled only: the same types through `require`.
import ws101 = require('ws101');
import deflating = require('ws101/deflate');
import inspecting = require('ws101/inspect');
import doctor = require('ws101/doctor');

const accept: string = ws101.acceptKey('dGhlIHNhbXBsZSBub25jZQ==');
const part: ws101.FramePart | undefined = [...new ws101.FrameDecoder({ role: 'client' }).decode(new Uint8Array(2))][0];
console.log(accept, part, inspecting.inspect(new Uint8Array(2), { as: 'frames' }).fields.length);
const accepted: deflating.AcceptedDeflate | null = deflating.acceptDeflate([]);
deflating.Connection.server({ deflate: accepted });
const findings: doctor.Finding[] = doctor.diagnose({ fromServer: 'hello', ended: 'fin' }).findings;
console.log(findings);
