// How to get a server of one's own, to be copied.

import { t } from '../locale';
import { copyText } from './copy-link';

const command = 'cargo xtask play';

export function PlayCommand() {
  return (
    <button type="button" class="command mono" onClick={() => void copyText(command, t.value.commandCopied)}>
      {command}
    </button>
  );
}
