/** Waiting, failing, and what is wrong with a form. */
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { Refused } from '../api.ts'
import { joined } from '../rule-codes.ts'
import { fromForm, idOf, schemaAt, captionOf, type Schema } from '../fields.ts'
import type { Lang } from '@tirek/contract/roles'
import type { Words } from '../words.ts'

export const Loading = ({ words }: { words: Words }) => (
  <main id="content" aria-busy="true">
    <p className="soft" role="status">
      {words.loading}
    </p>
    <div className="card bones" aria-hidden="true">
      <i />
      <i />
      <i />
    </div>
  </main>
)

/** A page of other roles, found by its address. */
export const NotForRole = ({ words }: { words: Words }) => (
  <main id="content" className="narrow">
    <h1>{words.notForRole}</h1>
    <p>{words.notForRoleLead}</p>
    <ToStart words={words} />
  </main>
)

const ToStart = ({ words }: { words: Words }) => (
  <p>
    <Link to="/">{words.toStart}</Link>
  </p>
)

/** The way to a fresh sign-in and back to this page; what was typed waits as a draft. */
function SignInAgain({ error, words }: { error: Refused | undefined; words: Words }) {
  if (error?.problem.code !== 'sign-in-again') return null
  return (
    <a
      className="button"
      href={`/auth/sign-in?to=${encodeURIComponent(window.location.pathname + window.location.search)}&lang=${document.documentElement.lang}`}
    >
      {words.signIn}
    </a>
  )
}

/** `alone`: the page shows nothing else, so this is its heading. */
export function Failure({ error, words, onAgain, alone = false }: { error: unknown; words: Words; onAgain?: () => void; alone?: boolean }) {
  const Heading = alone ? 'h1' : 'h2'
  const problem = error instanceof Refused ? error.problem : undefined
  const offline = error instanceof Refused && error.offline
  return (
    <section className="note late" role="alert">
      <Heading>{offline ? words.failed : joined(problem?.title ?? words.failed)}</Heading>
      <p>{offline ? words.offline : joined(problem?.next ?? '')}</p>
      {problem?.instance && problem.status >= 500 && (
        <p className="soft">
          {words.requestNumber}: {problem.instance}
        </p>
      )}
      <SignInAgain error={error instanceof Refused ? error : undefined} words={words} />
      {/* What is refused or is not there stays so: the way on is another page. */}
      {problem && [400, 403, 404].includes(problem.status) && problem.code !== 'sign-in-again' ? (
        <ToStart words={words} />
      ) : (
        onAgain && (
          <button type="button" className="button quiet" onClick={onAgain}>
            {words.tryAgain}
          </button>
        )
      )}
    </section>
  )
}

/** The refusal of a form, on top of it. Takes focus; its links go to the first input of each field. */
export function ErrorSummary({
  error,
  words,
  lang,
  schema,
  reveal,
  children,
}: {
  error: unknown
  words: Words
  lang: Lang
  schema?: Schema | undefined
  /** Shows the part of the page in which the field stands. */
  reveal?(pointer: string): void
  children?: ReactNode
}) {
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus(), [error])
  if (!error) return null
  const refused = error instanceof Refused ? error : undefined
  const fields = refused?.problem.errors ?? []
  return (
    <section className="note late" role="alert" tabIndex={-1} ref={box}>
      <h2>{refused?.offline ? words.failed : joined(refused?.problem.title ?? words.failed)}</h2>
      <p>
        {refused?.offline ? words.offline : joined(refused?.problem.next ?? '')}
        {refused?.problem.rule && joined(` (${refused.problem.rule})`)}
      </p>
      {fields.length > 0 && (
        <ul>
          {fields.map(({ pointer, message, code, caption: told, rule }) => {
            const at = fromForm(pointer)
            const caption = told ?? (schema && captionOf(schemaAt(schema, at) ?? {}, lang))
            return (
              <li key={`${pointer}${code}`}>
                <a
                  href={`#${idOf(at)}`}
                  onClick={(event) => {
                    if (reveal) flushSync(() => reveal(at))
                    goTo(event, idOf(at))
                  }}
                >
                  {caption ? `${caption}: ` : ''}
                  {message}
                  {rule && joined(` (${rule})`)}
                </a>
              </li>
            )
          })}
        </ul>
      )}
      <SignInAgain error={refused} words={words} />
      {children}
    </section>
  )
}

function goTo(event: { preventDefault(): void }, id: string): void {
  const found = document.getElementById(id)
  if (!found) return
  event.preventDefault()
  for (let holder = found.parentElement; holder; holder = holder.parentElement) if (holder instanceof HTMLDetailsElement) holder.open = true
  const input = found.matches('input, select, textarea') ? found : (found.querySelector<HTMLElement>('input, select, textarea') ?? found)
  input.focus()
  input.scrollIntoView({ block: 'center' })
}
