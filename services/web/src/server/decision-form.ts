/** What the form of an answer sent: its fields as they were typed, files taken before, and a file. Whatever else came is as if it were not there. */
import { HandedIn, type LinkDecision } from '@tirek/contract/links'
import { MOST_FILES } from '@tirek/contract/forms/referral'
import { ANSWER_FIELDS } from '@tirek/contract/referral-answers'
import { Lang } from '@tirek/contract/roles'

/** Bytes of a file that is passed on; its form is read whole up to `MOST_FORM`, so that what was typed is not lost with a file that is too large. */
export const MOST_FILE = 10 * 1_048_576
export const MOST_FORM = 16 * 1_048_576

const NAMES = new Set<string>(['answer', 'name', 'position', ...Object.values(ANSWER_FIELDS).flat()])
const LONGEST = 20_000

export type SentDecision = Omit<LinkDecision, 'file'> & {
  /** Not larger than is passed on; made ready for that only when the link is good. */
  given?: File
  lang: Lang | undefined
  /** Only the language was changed. */
  isLook: boolean
  isFileTooLarge: boolean
}

export async function readDecision(body: unknown, contentType: string | undefined): Promise<SentDecision> {
  const form = Buffer.isBuffer(body) ? await read(body, contentType) : undefined
  const text = (name: string) => {
    const value = form?.get(name)
    return typeof value === 'string' ? value : undefined
  }
  const file = form?.get('file')
  const given = file instanceof File && (file.size > 0 || file.name !== '') ? file : undefined
  const isFileTooLarge = given !== undefined && given.size > MOST_FILE
  const chosen = text('in')
  return {
    token: (text('token') ?? '').slice(0, 200),
    form: Object.fromEntries([...NAMES].flatMap((name) => (text(name) === undefined ? [] : [[name, text(name)!.slice(0, LONGEST)]]))),
    handedIn: handedInOf(form?.getAll('handedIn') ?? []),
    ...(given && !isFileTooLarge && { given }),
    lang: Lang.safeParse(chosen ?? text('lang')).data,
    isLook: chosen !== undefined,
    isFileTooLarge,
  }
}

/** `undefined`: it is no form. */
async function read(body: Buffer, contentType = ''): Promise<FormData | undefined> {
  return new Response(body as Uint8Array<ArrayBuffer>, { headers: { 'content-type': contentType } }).formData().catch(() => undefined)
}

/** As it is passed on. */
export async function fileOf(file: File): Promise<NonNullable<LinkDecision['file']>> {
  return {
    name: file.name.slice(0, 300),
    ...(file.type ? { claimed: file.type.slice(0, 200) } : {}),
    content: Buffer.from(await file.arrayBuffer()).toString('base64'),
  }
}

function handedInOf(values: readonly unknown[]): HandedIn[] {
  return values.slice(0, MOST_FILES).flatMap((value) => {
    try {
      const read = HandedIn.safeParse(JSON.parse(String(value)))
      return read.success ? [read.data] : []
    } catch {
      return []
    }
  })
}
