// Copying: the page's own link, and commands and hex elsewhere.

import { showToast, t } from '../locale';
import { LinkMark } from './marks';

/** Copies the page's address, which holds what is shown. */
export async function copyLink(): Promise<void> {
  await copyText(location.href, t.value.linkCopied);
}

export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast(done);
  } catch {
    showToast(t.value.linkNotCopied);
  }
}

export function CopyLink() {
  return (
    <button type="button" class="quiet copy-link" title={t.value.copyLinkHint} onClick={() => void copyLink()}>
      <LinkMark /> <span class="button-text">{t.value.copyLink}</span>
    </button>
  );
}
