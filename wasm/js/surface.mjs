// Prints what a file of types declares, without its comments, one name of a long list a line: `cargo xtask api` keeps it.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const WIDTH = 120;

const [path] = process.argv.slice(2);
const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
const lines = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed }).printFile(file).split('\n');

const broken = lines.map((line) => {
  // How the bundler marks and orders what it exports changes with what else is there; what a name is, is declared above.
  const list = /^export \{ (.*) \};$/.exec(line)?.[1];
  if (list) return `export {\n${list.split(', ').map((name) => `    ${name.replace(/^type /, '')},\n`).sort().join('')}};`;
  if (line.length <= WIDTH) return line;
  const indent = /^ */.exec(line)[0];
  return line.replaceAll(' | ', `\n${indent}    | `);
});
process.stdout.write(broken.join('\n'));
