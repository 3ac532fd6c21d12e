import type { RulePage } from './page';

export const closing = {
} satisfies Record<string, RulePage>;
