/** Something is removed: asked once more in words, on the spot. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api.ts'
import { useHere } from '../me.tsx'
import { manageWords } from '../words-of/manage.ts'
import { ErrorSummary } from './states.tsx'

/** `what`: said to those who listen. `path`: what is deleted. `of`: the list it stands in. */
export function TakeAway({ what, path, of }: { what: string; path: string; of: string }) {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const queries = useQueryClient()
  const [sure, setSure] = useState(false)
  const remove = useMutation({
    mutationFn: () => ask(path, { method: 'DELETE' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['all', of] }),
  })
  if (!sure)
    return (
      <button type="button" className="plain" onClick={() => setSure(true)}>
        {say.takeAway} <span className="hidden">{what}</span>
      </button>
    )
  return (
    <div>
      <ErrorSummary error={remove.error} words={words} lang={lang} />
      <p className="row wrap" role="group" aria-label={say.takeAwaySure}>
        {say.takeAwaySure}
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the button that was pressed is gone */}
        <button type="button" className="button quiet" autoFocus disabled={remove.isPending} onClick={() => remove.mutate()}>
          {say.takeAwayYes}
        </button>
        <button type="button" className="plain" onClick={() => setSure(false)}>
          {words.cancel}
        </button>
      </p>
    </div>
  )
}
