import type { RulePage } from './page';

export const serverChecks = {
} satisfies Record<string, RulePage>;
