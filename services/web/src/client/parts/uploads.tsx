/** Files that go with a form: each is sent as soon as it is chosen, so that a long form waits for none of them. */
import { useState } from 'react'
import { newKey, Refused, sendFile } from '../api.ts'
import { idOf, type Path } from '../fields.ts'
import { useHere } from '../me.tsx'
import { referralWords } from '../words-of/referrals.ts'
import { useForm } from './form.tsx'

/** What a person may hand in; the server looks at the content. */
const TYPES = '.pdf,.docx,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png'
const MOST_BYTES = 10 * 1_024 * 1_024

export type Kept = { id: string; name: string }
type Going = { name: string; said: string; isRefused: boolean }

/** `at`: the field that holds the ids. `to`: where they are sent, with `more` beside each. `known`: those already sent, by name. `one`: a new one takes the place of the last. */
export function Uploads({
  at,
  to,
  more,
  title,
  hint,
  known,
  setKnown,
  one: isOne = false,
}: {
  at: Path
  to: string
  more?: object
  title: string
  hint?: string
  known: readonly Kept[]
  setKnown(files: readonly Kept[]): void
  one?: boolean
}) {
  const { lang, words } = useHere()
  const ref = referralWords(lang)
  const { errors } = useForm()
  const [going, setGoing] = useState<readonly Going[]>([])
  const pointer = `/${at.join('/')}`
  const id = idOf(pointer)
  // That a file is missing is no longer true once it is there.
  const error = isOne && known.length > 0 ? undefined : errors.get(pointer)
  const choose = async (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])]
    // The same file may be chosen again once it is mended.
    input.value = ''
    let kept = known
    const refused: Going[] = []
    for (const file of files) {
      if (file.size > MOST_BYTES) {
        refused.push({ name: file.name, said: ref.fileBig, isRefused: true })
        continue
      }
      setGoing([...refused, { name: file.name, said: ref.fileSending, isRefused: false }])
      try {
        // One after the other: a slow line carries one file sooner than three at once.
        // oxlint-disable-next-line no-await-in-loop
        const sent = await sendFile<Kept>(to, file, newKey(), more)
        kept = [...(isOne ? [] : kept), { id: sent.id, name: sent.name }]
        setKnown(kept)
      } catch (failure) {
        const problem = failure instanceof Refused ? failure.problem : undefined
        refused.push({
          name: file.name,
          said: problem?.title ? `${problem.title} ${problem.next}` : words.offline,
          isRefused: true,
        })
      }
    }
    setGoing(refused)
  }
  return (
    <div className="field">
      <label htmlFor={id}>
        {title} {!isOne && <span className="optional">({words.optional})</span>}
      </label>
      <p className="hint" id={`${id}-hint`}>
        {hint ?? ref.filesHint}
      </p>
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <input
        id={id}
        type="file"
        multiple={!isOne}
        accept={TYPES}
        aria-describedby={`${id}-hint${error ? ` ${id}-error` : ''}`}
        aria-invalid={error ? true : undefined}
        onChange={(event) => void choose(event.currentTarget)}
      />
      <ul className="papers" aria-live="polite">
        {known.map((file) => (
          <li key={file.id}>
            {file.name}{' '}
            <button type="button" className="plain" onClick={() => setKnown(known.filter((one) => one.id !== file.id))}>
              {words.remove} <span className="hidden">{file.name}</span>
            </button>
          </li>
        ))}
        {going.map((one) => (
          <li key={one.name} className={one.isRefused ? 'error' : 'soft'}>
            {one.name}: {one.said}
          </li>
        ))}
      </ul>
    </div>
  )
}
