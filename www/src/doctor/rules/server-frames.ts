import type { RulePage } from './page';

export const serverFrames = {
} satisfies Record<string, RulePage>;
