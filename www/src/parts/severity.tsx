// How bad a finding is: a sign, and the word for those who do not see it.

import { t } from '../locale';

export function Severity({ severity }: { severity: 'error' | 'warning' | 'note' }) {
  return (
    <span class={`severity severity-${severity}`}>
      <span aria-hidden="true">{signs[severity]}</span>
      <span class="visually-hidden">{t.value.doctor.severity[severity]}</span>
    </span>
  );
}

const signs = { error: '✕', warning: '!', note: 'i' };
