// The doctor's words in the chosen language. It speaks English itself; the Chinese comes beside it.

import { effect, signal } from '@preact/signals';
import type { ErrorCode } from '../engine';
import { language, t } from '../locale';
import { zhErrors } from '../strings/zh-errors';
import type { Cause, CodeCause, CodeFinding, Explanation, FileForm, RecordedConnection, RuleCode } from './engine';
import { enForms } from './words/en';

type Words = typeof import('./words/zh');

const zh = signal<Words | null>(null);

effect(() => {
  if (language.value === 'zh' && !zh.peek()) {
    void import('./words/zh').then((words) => (zh.value = words));
  }
});

/** The Chinese words, where they are wanted and here. */
function chinese(): Words | null {
  return language.value === 'zh' ? zh.value : null;
}

export function ruleWords(rule: { code: RuleCode; sentence: string; fix: string }): { sentence: string; fix: string } {
  const words = chinese();
  return (words && (words.zhRules[rule.code as keyof Words['zhRules']] ?? zhErrors[rule.code as ErrorCode])) ?? rule;
}

export function causeSentence({ cause, sentence }: Cause): string {
  return chinese()?.zhCauses[cause] ?? sentence;
}

export function explanationWords(explanation: Explanation): { sentence: string; fix: string; next: string | null } {
  const words = chinese();
  return { ...(words?.zhAdviceOn(explanation.cause) ?? explanation), sentence: causeSentence(explanation) };
}

/** What in a line says so: numbers and names that were read out of it, in a few words. */
export function evidenceText({ evidence }: Explanation): string {
  return chinese()?.zhEvidence(evidence) ?? evidence;
}

export function codeWords(finding: CodeFinding): { sentence: string; consequence: string; fix: string } {
  const own = chinese()?.zhCode[finding.cause as CodeCause] ?? finding;
  return { sentence: causeSentence(finding), consequence: own.consequence, fix: own.fix };
}

export function gapSentence({ gap, sentence }: RecordedConnection['gaps'][number]): string {
  return chinese()?.zhGaps[gap] ?? sentence;
}

export function sourceName(source: string): string {
  return chinese()?.zhSources[source] ?? source;
}

export function formName(form: FileForm | 'message' | 'code'): string {
  const texts = t.value.doctor;
  if (form === 'message') return texts.formMessage;
  if (form === 'code') return texts.formCode;
  return (chinese()?.zhForms ?? enForms)[form];
}
