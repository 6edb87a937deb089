/** What people may send us: by content, never by name or by what the browser says. Pure. */
import { fileTypeFromBuffer } from 'file-type'
import { safeFileName } from '../csv.ts'
import { ProblemError } from '../problem.ts'
import { MOST_UPLOAD } from './limits.ts'
import { plainXml, staysWithin } from './relationships.ts'
import { entriesOf, unpacked, ZipRefused } from './zip-check.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
/** Type → ending. */
export const UPLOADS = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png', [DOCX]: 'docx' } as const
export type UploadType = keyof typeof UPLOADS
const isUploadType = (type: string): type is UploadType => Object.hasOwn(UPLOADS, type)

/** Endings of what runs when it is opened. */
const PROGRAMS = ['.bin', '.exe', '.dll', '.js', '.vbs', '.scr', '.bat', '.cmd', '.lnk']
/** Programs within a document, and what loads others: macros, controls, embedded objects. */
function isActive(path: string): boolean {
  const folders = path.toLowerCase().split('/')
  const file = folders.pop()!
  if (file === 'vbadata.xml' || (file.startsWith('vbaproject') && file.endsWith('.bin'))) return true
  return folders.includes('activex') || (folders.includes('embeddings') && PROGRAMS.some((ending) => file.endsWith(ending)))
}
const MACRO_TYPE = /macroEnabled|application\/vnd\.ms-office\.vbaProject/i

export type Checked = { type: UploadType; /** Ours, with the ending of the content. */ name: string }

/**
 * Throws a refusal for people: `file-too-large`, `file-empty`, `file-type`, `file-not-as-named`, `file-harmful`, `file-broken`.
 * `claimed`: the type that the sender gave; absent or unknown ones do not count, a known one must be right.
 */
export async function checkUpload(bytes: Buffer, sent: { name: string; claimed?: string | undefined }): Promise<Checked> {
  if (bytes.length === 0) throw new ProblemError('file-empty')
  if (bytes.length > MOST_UPLOAD) throw new ProblemError('file-too-large')
  const mime = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime as string | undefined
  if (mime !== undefined && MACRO_TYPE.test(mime)) throw new ProblemError('file-harmful')
  if (mime === undefined || !isUploadType(mime)) throw new ProblemError('file-type')
  const claimed = sent.claimed?.split(';')[0]!.trim().toLowerCase()
  const ending = /\.([a-z0-9]{1,5})$/i.exec(sent.name)?.[1]?.toLowerCase()
  const isAsNamed =
    (!claimed || claimed === 'application/octet-stream' || claimed === mime) && (!ending || endingsOf(mime).includes(ending))
  if (!isAsNamed) throw new ProblemError('file-not-as-named')
  if (mime === 'application/pdf' && !bytes.subarray(-2_048).includes('%%EOF')) throw new ProblemError('file-broken')
  if (mime === DOCX) await checkDocx(bytes)
  return { type: mime, name: cleanedName(sent.name, mime) }
}

const endingsOf = (type: UploadType): string[] => (type === 'image/jpeg' ? ['jpg', 'jpeg', 'jfif'] : [UPLOADS[type]])

/** A name of letters, digits and `-`, with the ending of its content. What stood before a slash is not kept. */
export function cleanedName(name: string, type: UploadType): string {
  const last = name.split(/[/\\]/).at(-1)!
  return safeFileName(last.replace(/\.[a-z0-9]{1,5}$/i, ''), UPLOADS[type])
}

/** Every entry is unpacked once: no promise of a zip is believed. */
async function checkDocx(bytes: Buffer): Promise<void> {
  try {
    const entries = entriesOf(bytes)
    if (entries.some(({ name }) => isActive(name))) throw new ProblemError('file-harmful')
    for (const entry of entries) {
      const content = await unpacked(bytes, entry)
      // A template, frame or object from another address is loaded as the document is opened.
      if (/\.rels$/i.test(entry.name) && !staysWithin(content)) throw new ProblemError('file-harmful')
      if (/^\[content_types\]\.xml$/i.test(entry.name) && MACRO_TYPE.test(plainXml(content) ?? 'macroEnabled'))
        throw new ProblemError('file-harmful')
    }
  } catch (error) {
    if (error instanceof ZipRefused) throw new ProblemError('file-broken')
    throw error
  }
}
