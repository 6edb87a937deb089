/** The way to the server: JSON there and back, refusals as problems. */
import type { FieldError } from '@tirek/contract/errors'
import type { Lang } from '@tirek/contract/roles'

export type Problem = {
  title: string
  status: number
  code: string
  next: string
  rule?: string
  errors?: FieldError[]
  instance?: string
  changes?: { kind: string; by?: string; at: number }[]
  [more: string]: unknown
}

/** A refusal of the server; `offline` when it could not be reached. */
export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.title)
    this.problem = problem
  }
  get offline(): boolean {
    return this.problem.status === 0
  }
}

let lang: Lang = 'ru'
export const speak = (chosen: Lang): void => void (lang = chosen)

/** The server answers within 15 s; the rest is for a bad line. */
const LONGEST_MS = 45_000

export const SESSION = '/api/session'
/** Under which pages keep its answer. */
export const SESSION_KEY = ['session'] as const
export const SIGNED_OUT = 'tirek-signed-out'

export type Asking = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: unknown
  key?: string
  /** The page only looks again: nobody did anything. */ again?: boolean
  signal?: AbortSignal | undefined
}

type Ahead = { answer: Promise<unknown>; content?: object }
/** What was asked before anybody needed it, by path: whoever asks next gets that answer, once. */
const ahead = new Map<string, Ahead>()
const cameAt = new WeakMap<object, number>()
/** Later nobody is helped by it: what is shown should be as new as if it had been asked for. */
const AHEAD_MS = 10_000

/** Asks for what a page will ask for when its scripts have come. That it was not reached, or that nobody is signed in, is told to whoever takes it, too. */
export function askAhead<T extends object>(path: string, asking: Asking = {}): Promise<T> {
  const answer = ask<T>(path, asking)
  const one: Ahead = { answer }
  ahead.set(path, one)
  void answer
    .then(
      (content) => {
        one.content = content
        cameAt.set(content, Date.now())
      },
      () => undefined,
    )
    .then(() => setTimeout(() => ahead.delete(path), AHEAD_MS))
  return answer
}

/** What was asked for ahead, if it has come: taken at once, with nobody waiting. */
export function takeKnown<T extends object>(path: string): T | undefined {
  const content = ahead.get(path)?.content as T | undefined
  if (content) ahead.delete(path)
  return content
}

/** How long ago an answer came that was asked for ahead, ms. */
export const ageOf = (answer: object): number => Date.now() - (cameAt.get(answer) ?? Date.now())

export async function ask<T>(path: string, { method = 'GET', body, key, again, signal }: Asking = {}): Promise<T> {
  const known = method === 'GET' ? ahead.get(path) : undefined
  if (known) {
    ahead.delete(path)
    return (known.answer as Promise<T>).catch((error: unknown) => {
      // It was asked for whoever was here before: what they may not read says nothing of who is here now.
      if (error instanceof Refused && error.problem.status === 403) return ask<T>(path, { signal, ...(again && { again }) })
      throw error
    })
  }
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': lang }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (key) headers['idempotency-key'] = key
  if (again) headers['x-looking-again'] = '1'
  let answer: Response
  try {
    const late = AbortSignal.timeout(LONGEST_MS)
    answer = await fetch(path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, late]) : late,
    })
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error
    throw new Refused({ title: '', status: 0, code: 'offline', next: '' })
  }
  const text = await answer.text()
  const content = parsed(text)
  // Whoever is not signed in any more sees the way in; what was typed is kept.
  if (answer.status === 401 && path !== SESSION) window.dispatchEvent(new Event(SIGNED_OUT))
  if (!answer.ok)
    throw new Refused(
      (content as Problem | undefined) ?? { title: String(answer.status), status: answer.status, code: 'our-fault', next: '' },
    )
  return content as T
}

/** Hands a file to the server, which looks at what it is. `key`: the same file sent again is one. */
export async function sendFile<T>(path: string, file: File, key: string, more: object = {}): Promise<T> {
  const content = await new Promise<string>((done, failed) => {
    const reader = new FileReader()
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => failed(new Refused({ title: '', status: 0, code: 'offline', next: '' }))
    reader.readAsDataURL(file)
  })
  return ask<T>(path, { method: 'POST', body: { key, name: file.name, ...(file.type && { claimed: file.type }), content, ...more }, key })
}

/** A file that the server gives out, saved on the device: in the chosen language, refusals as everywhere. */
export async function saveFile(path: string): Promise<void> {
  const answer = await fetch(path, {
    headers: { 'accept-language': lang },
    redirect: 'error',
    // An export of years is long, and written while it is read.
    signal: AbortSignal.timeout(60_000),
  }).catch(() => undefined)
  if (!answer) throw new Refused({ title: '', status: 0, code: 'offline', next: '' })
  if (!answer.ok)
    throw new Refused(
      (parsed(await answer.text()) as Problem | undefined) ?? {
        title: String(answer.status),
        status: answer.status,
        code: 'our-fault',
        next: '',
      },
    )
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = nameIn(answer.headers.get('content-disposition') ?? '')
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** The name that a file was given: with its letters where it says them apart, as names in Russian and Kazakh do. */
export function nameIn(disposition: string): string {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? []
  try {
    if (encoded) return decodeURIComponent(encoded)
  } catch {
    // the plain one then
  }
  return /filename="?([^";]+)/.exec(disposition)?.[1] ?? 'tirek'
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A key that no other request has; also on pages without a secure context. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
