// Heads that differ from a good one in a line.

type Lines = readonly string[];

/** The head without the field. */
export function without(head: Lines, name: string): string[] {
  return head.filter((line) => !isField(line, name));
}

/** The head with another line where the field stands. */
export function changed(head: Lines, name: string, line: string): string[] {
  return head.map((old) => (isField(old, name) ? line : old));
}

/** The head with another start line. */
export function begun(head: Lines, startLine: string): string[] {
  return [startLine, ...head.slice(1)];
}

function isField(line: string, name: string): boolean {
  return line.startsWith(`${name}:`);
}
