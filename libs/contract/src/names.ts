/** Search folding: Kazakh and Russian spellings of a name find each other (forms.md, Checks). */
const FOLD: Record<string, string> = { ә: 'а', ө: 'о', ү: 'у', ұ: 'у', қ: 'к', ң: 'н', ғ: 'г', һ: 'х', і: 'и', ё: 'е', й: 'и' }

/** Lower case, Kazakh letters as the Russian ones next to them, single spaces, no punctuation. */
export const fold = (text: string): string =>
  text
    // Typed on some phones as letter and mark apart; together they are the same letter.
    .normalize('NFC')
    .toLowerCase()
    .replace(/[әөүұқңғһіёй]/g, (letter) => FOLD[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
