import type { RulePage } from './page';

export const messages = {
} satisfies Record<string, RulePage>;
