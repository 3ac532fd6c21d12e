// Sentences whose code stands between backticks, as the module writes them.

const code = /(`+)(.+?)\1(?!`)/g;

export function Prose({ text }: { text: string }) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(code)) {
    parts.push(text.slice(end, match.index), <code key={match.index}>{match[2]}</code>);
    end = match.index + match[0].length;
  }
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  );
}
