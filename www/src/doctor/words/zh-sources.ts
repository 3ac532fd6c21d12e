// 谁会写出这样一行；Chromium、Go 这样的名称不译。

export const zhSources: Readonly<Partial<Record<string, string>>> = {
  'a proxy': '代理',
  'a tool': '某个工具',
  'any client': '任何客户端',
};
