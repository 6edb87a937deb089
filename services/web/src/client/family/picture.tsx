/** A drawing on the page, to look at, to print, and to take along as a file. */
import { INK, PAPER, type Drawing, type Shape } from '@tirek/contract/family/drawing'
import { svgOf } from '@tirek/contract/family/svg'

export const Shapes = ({ of }: { of: readonly Shape[] }) =>
  of.map((shape, i) =>
    'path' in shape ? (
      <path
        // oxlint-disable-next-line react/no-array-index-key -- shapes have no other name and are drawn anew as a whole
        key={i}
        d={shape.path}
        fill={shape.fill ?? 'none'}
        stroke={shape.stroke ?? 'none'}
        strokeWidth={shape.width ?? 1}
        strokeDasharray={shape.dash}
        strokeLinejoin="round"
      />
    ) : (
      <text
        // oxlint-disable-next-line react/no-array-index-key -- as above
        key={i}
        x={shape.x}
        y={shape.y}
        fontSize={shape.size}
        fontWeight={shape.bold ? 600 : undefined}
        textAnchor={shape.anchor ?? 'middle'}
        fill={shape.fill ?? INK}
        stroke={PAPER}
        strokeWidth={3}
        paintOrder="stroke"
      >
        {shape.text}
      </text>
    ),
  )

/** `title`: what it shows; the table says the rest. */
export function Picture({ drawing, title }: { drawing: Drawing; title: string }) {
  const [w, h] = [Math.ceil(drawing.width), Math.ceil(drawing.height)]
  return (
    <svg className="family-picture" width={w} height={h} viewBox={`0 0 ${w} ${h}`} role="img" aria-label={title}>
      <Shapes of={drawing.ground} />
      {drawing.lines.map((one) => (
        <g key={one.id}>
          <Shapes of={one.shapes} />
        </g>
      ))}
      {drawing.boxes.map((box) => (
        <g key={box.id} transform={`translate(${box.x} ${box.y})`}>
          <Shapes of={box.shapes} />
        </g>
      ))}
    </svg>
  )
}

function saved(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}

/** `name`: of the file, without its ending; it holds nobody's name. */
export function saveSvg(drawing: Drawing, legend: Drawing, title: string, name: string): void {
  const url = URL.createObjectURL(new Blob([svgOf(drawing, title, legend)], { type: 'image/svg+xml' }))
  saved(url, `${name}.svg`)
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** Twice as fine as the screen, less where a canvas would grow too large. */
export async function savePng(drawing: Drawing, legend: Drawing, title: string, name: string): Promise<void> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgOf(drawing, title, legend))}`
  await image.decode()
  const scale = Math.min(2, 8_000 / Math.max(image.width, image.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(image.width * scale)
  canvas.height = Math.round(image.height * scale)
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (!blob) return
  const url = URL.createObjectURL(blob)
  saved(url, `${name}.png`)
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
