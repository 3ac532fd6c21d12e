// 依据：报错里读出的数字、名称与首字节，以及围绕它们的几个说法。

const sayings: readonly [RegExp, string][] = [
  [/: unframed text that begins with CR, LF or one of (.*)$/, '：未装帧的文本，以 CR、LF 或下列字符之一开头：$1'],
  [/: unframed text that begins with one of (.*)$/, '：未装帧的文本，以下列字符之一开头：$1'],
  [/: a first byte of (\w\w) to (\w\w), which no text begins with \(16 is TLS\)$/, '：首字节为 $1 到 $2，没有文本会这样开头（16 是 TLS）'],
  [/ \(and no reason\)$/, '（没有说明原因）'],
  [/^status (\d+)$/, '状态码 $1'],
  [/^opcode (\d+)/, '操作码 $1'],
  [/^code (\d+)/, '关闭码 $1'],
];

export function zhEvidence(evidence: string): string {
  const said = sayings.reduce((text, [english, chinese]) => text.replace(english, chinese), evidence);
  if (said === evidence) return said;
  return said.replaceAll('a blank', '空格').replace(/(\S) to (\S)/g, '$1 至 $2');
}
