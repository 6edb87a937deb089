/** Numbers by name, each with a bar beside it: a table to who listens, a drawing to who looks. Length tells, not colour alone. */
import type { ReactNode } from 'react'
import { lengthOf } from './shown-count.ts'

export type BarRow = { key: string; name: string; values: readonly { n: number | null; shown: ReactNode }[] }

const WIDTH = 100
const HEIGHT = 8

export function BarTable({ caption, captions, rows }: { caption: string; captions: readonly string[]; rows: readonly BarRow[] }) {
  const most = Math.max(1, ...rows.flatMap(({ values }) => values.map(({ n }) => lengthOf(n))))
  return (
    <table className="bars">
      <caption className="hidden">{caption}</caption>
      <thead>
        <tr>
          {captions.map((one, n) => (
            <th key={one} scope="col" className={n === 0 ? undefined : 'number'}>
              {one}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, values }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            {values.map(({ n, shown }, column) => (
              <td key={captions[column + 1]}>
                <span className="num">{shown}</span>
                <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
                  <rect className={column === 0 ? 'full' : 'hollow'} width={(WIDTH * lengthOf(n)) / most} height={HEIGHT} />
                </svg>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
