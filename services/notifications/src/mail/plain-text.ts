// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f]/g

/** Text of people as a database can keep it: no control characters but the ends of lines. */
export const plain = (text: string): string => text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(CONTROL, ' ').trim()
