/** A row of a list is removed. */
import { useQueryClient } from '@tanstack/react-query'
import { ask } from '../api.ts'
import { useHere } from '../me.tsx'
import { manageWords } from '../words-of/manage.ts'
import { AskedOnceMore } from './asked-once-more.tsx'

/** `what`: said to those who listen. `path`: what is deleted. `of`: the list it stands in. */
export function TakeAway({ what, path, of }: { what: string; path: string; of: string }) {
  const say = manageWords(useHere().lang)
  const queries = useQueryClient()
  const remove = async () => {
    await ask(path, { method: 'DELETE' })
    await queries.invalidateQueries({ queryKey: ['all', of] })
  }
  return <AskedOnceMore label={say.takeAway} what={what} sure={say.takeAwaySure} yes={say.takeAwayYes} act={remove} />
}
