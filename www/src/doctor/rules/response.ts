import type { RulePage } from './page';

export const response = {
} satisfies Record<string, RulePage>;
