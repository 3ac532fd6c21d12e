import type { RulePage } from './page';

export const heads = {
} satisfies Record<string, RulePage>;
