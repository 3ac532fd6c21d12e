// 诊断模块的全部中文文字：只在需要时载入。

export { zhCauses } from './zh-causes';
export { zhCode } from './zh-code';
export { zhEvidence } from './zh-evidence';
export { zhAdviceOn } from './zh-explained';
export { zhForms, zhGaps } from './zh-gaps';
export { zhRules } from './zh-rules';
export { zhSources } from './zh-sources';
