/** Codes of rules in a running text: a browser breaks them after their hyphen unless something invisible forbids it. */
const WORD_JOINER = '\u2060'
const CODE = /\b([A-Z]{2})-(?=\d)/g

/** The text with its codes kept whole. A code that stands alone is kept by `Rule` of parts/rule.tsx. */
export const joined = (text: string): string => text.replaceAll(CODE, `$1-${WORD_JOINER}`)
