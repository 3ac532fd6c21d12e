import type { RulePage } from './page';

export const serverHeads = {
} satisfies Record<string, RulePage>;
