import type { RulePage } from './page';

export const request = {
} satisfies Record<string, RulePage>;
