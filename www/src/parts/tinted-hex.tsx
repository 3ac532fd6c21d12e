// Bytes of a frame in one line, tinted as in the Inspector.

import { useMemo } from 'preact/hooks';
import { inspect } from '../engine';
import { hexByte } from '../state/bytes';
import { byteTint, isMasked, leavesOf, maskedRuns } from '../state/tints';

export function TintedHex({ bytes, limit = 24 }: { bytes: Uint8Array; limit?: number }) {
  const { leaves, masked } = useMemo(() => {
    const { fields } = inspect(bytes, { as: 'frames' });
    return { leaves: leavesOf(fields), masked: maskedRuns(fields) };
  }, [bytes]);
  const shown = Array.from(bytes.subarray(0, limit));
  return (
    <span class="tinted-hex mono">
      {shown.map((byte, index) => (
        <span key={index} class={`tint-${byteTint(leaves, index)}${isMasked(masked, index) ? ' masked' : ''}`}>
          {hexByte(byte)}
        </span>
      ))}
      {bytes.length > limit && <span class="tinted-more">…</span>}
    </span>
  );
}
