/** Looks for what is personal in histories and search attributes. */

// oxfmt-ignore
const PERSONAL: Record<string, RegExp> = {
  'Cyrillic or Kazakh text, so a name or an address': /\p{Script=Cyrillic}/u,
  'an IIN':         /(?<![\w-])\d{12}(?![\w-])/,
  'a phone number': /(?<![\w-])(\+7|8)[ (-]?7\d{2}[ )-]?\d{3}[ -]?\d{2}[ -]?\d{2}(?![\w-])/,
  'a mail address': /[\w.+-]+@(?!\d)[\w-]+\.[a-z]{2,}/i,
  'a field for a name, phone, address or free text': /"(iin|surname|givenName|patronymic|phone|email|address|note|text|comment)"\s*:\s*"/i,
}

/** A history with its payloads in clear. */
export const readable = (json: string): string =>
  JSON.stringify(JSON.parse(json), (key, value: unknown) =>
    key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : value,
  ).replaceAll('\\"', '"')

/** What was found and what it looks like. `words`: names, numbers and addresses known to have been typed. */
export const findings = (history: string, words: readonly string[] = []): string[] => [
  ...Object.entries(PERSONAL).flatMap(([what, pattern]) => (pattern.test(history) ? `${what}: ${pattern.exec(history)![0]}` : [])),
  ...words.filter((word) => history.includes(word)).map((word) => `what was typed: ${word}`),
]
