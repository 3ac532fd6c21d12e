// Tables of text: the first column to the left, the others to the right.

/** Lines of cells, as text. @param {string[][]} lines */
export function table(lines) {
  const columns = Math.max(...lines.map((line) => line.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...lines.map((line) => [...(line[column] ?? '')].length)),
  );
  const aligned = (line) =>
    widths.map((width, column) => {
      const cell = line[column] ?? '';
      const space = ' '.repeat(width - [...cell].length);
      return column === 0 ? cell + space : space + cell;
    });
  return lines.map((line) => `${aligned(line).join('  ').trimEnd()}\n`).join('');
}

/** A time or a factor: three digits at least of what is below a hundred, groups of three above a thousand. */
export function number(value) {
  if (value < 9.995) return value.toFixed(2);
  return value < 99.95 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US');
}
