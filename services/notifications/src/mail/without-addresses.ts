/** A text in which every mail address is a dot: for logs and stored answers of mail servers. In linear time, whatever was sent. */
export const withoutAddresses = (text: string): string =>
  text
    .slice(0, 10_000)
    .split(/([\s<>;])/)
    .map((part) => (part.includes('@') ? '…' : part))
    .join('')
