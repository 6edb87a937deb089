/** The relationships of an Office document (`.rels`): does one load something from another address? Pure, and strict: what is not plain is refused. */

const DECLARATION = /^\uFEFF?\s*<\?xml(?:\s+[a-z]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*\?>/
const SPACE = /[\uFEFF\s]*/y
const TAG = /<(\/?)([A-Za-z]+)((?:\s+[A-Za-z:]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
/** One after the other, as `TAG` has found them. */
const ATTRIBUTE = /\s+([A-Za-z:]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/gy
/** The number of a character could spell any word. */
const SPELLED = /&(?!(?:amp|lt|gt|quot|apos);)/
/** A link that a person must click; of all that leads outside it alone is not loaded as the document is opened. */
const HYPERLINK = /^http:\/\/(?:schemas\.openxmlformats\.org|purl\.oclc\.org\/ooxml)\/officeDocument(?:\/2006)?\/relationships\/hyperlink$/
const ELSEWHERE = /^\s*(?:[a-z][a-z0-9+.-]*:|[\\/]{2})/i
const OF_ROOT = ['xmlns']
const OF_ONE = ['Id', 'Type', 'Target', 'TargetMode']

/** The text of XML that says everything in its plain spelling, in UTF-8 and without a DTD; `undefined`: it does not. */
export function plainXml(bytes: Buffer): string | undefined {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
  // Read in another encoding the same bytes would be other signs.
  const encoding = /\bencoding\s*=\s*["']([^"']*)["']/.exec(DECLARATION.exec(text)?.[0] ?? '')?.[1] ?? 'utf-8'
  return /^(?:utf-8|us-ascii)$/i.test(encoding) && !text.includes('\0') && !text.includes('<!') && !SPELLED.test(text) ? text : undefined
}

/** `true`: nothing but hyperlinks leads out of the document. `false` also for what cannot be read plainly. */
export function staysWithin(bytes: Buffer): boolean {
  const text = plainXml(bytes)
  if (text === undefined) return false
  let at = DECLARATION.exec(text)?.[0].length ?? 0
  for (let n = 0; ; n++) {
    SPACE.lastIndex = at
    at += SPACE.exec(text)![0].length
    if (at === text.length) return n > 0
    TAG.lastIndex = at
    const tag = TAG.exec(text)
    // A prefix, a text, an instruction: no program that writes documents puts them here.
    if (!tag) return false
    at = TAG.lastIndex
    const [, end, name, attributes = ''] = tag
    const said = attributesOf(attributes, n === 0 ? OF_ROOT : OF_ONE)
    if (!said || (name !== 'Relationship' && name !== 'Relationships') || (n === 0) !== (name === 'Relationships' && !end)) return false
    if (name === 'Relationship' && !isWithin(said)) return false
  }
}

/** By name; `undefined` for one that stands twice or does not belong here. */
function attributesOf(text: string, allowed: readonly string[]): ReadonlyMap<string, string> | undefined {
  const said = new Map<string, string>()
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE)) {
    if (said.has(name!) || !allowed.includes(name!)) return undefined
    said.set(name!, double ?? single ?? '')
  }
  return said
}

function isWithin(said: ReadonlyMap<string, string>): boolean {
  const mode = said.get('TargetMode') ?? 'Internal'
  if (mode === 'Internal') return !ELSEWHERE.test(said.get('Target') ?? '')
  return mode === 'External' && HYPERLINK.test(said.get('Type') ?? '')
}
