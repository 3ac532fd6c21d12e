// Prints what a file of types declares, without its comments, one name of a long list a line: `cargo xtask api` keeps it.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const WIDTH = 120;

const [path] = process.argv.slice(2);
const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
const lines = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed }).printFile(file).split('\n');

const broken = lines.map((line) => {
  if (line.length <= WIDTH) return line;
  if (line.startsWith('export { ')) return line.replace('{ ', '{\n    ').replaceAll(', ', ',\n    ').replace(' };', '\n};');
  const indent = /^ */.exec(line)[0];
  return line.replaceAll(' | ', `\n${indent}    | `);
});
process.stdout.write(broken.join('\n'));
