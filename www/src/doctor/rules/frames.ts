import type { RulePage } from './page';

export const frames = {
} satisfies Record<string, RulePage>;
