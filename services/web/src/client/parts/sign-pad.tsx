/** A signature drawn with a finger, a pen or a mouse. Kept as a picture, black on white, whatever the screen's colours. */
import { useEffect, useRef, useState, type PointerEvent } from 'react'
import { useHere } from '../me.tsx'
import { formWords } from '../words-of/forms.ts'

type Point = readonly [x: number, y: number]
type Stroke = Point[]

/** Of the picture, in its own pixels; points are kept in them, so a screen that is turned loses nothing. */
const WIDTH = 900
const HEIGHT = 300
const PEN = 5
/** Shorter than this in all, it is a slip of the finger. */
const SHORTEST = 60

const lengthOf = (strokes: readonly Stroke[]) =>
  strokes.reduce(
    (sum, one) => sum + one.reduce((way, [x, y], i) => (i === 0 ? 0 : way + Math.hypot(x - one[i - 1]![0], y - one[i - 1]![1])), 0),
    0,
  )

function draw(canvas: HTMLCanvasElement, strokes: readonly Stroke[]): void {
  const pen = canvas.getContext('2d')!
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, WIDTH, HEIGHT)
  Object.assign(pen, { strokeStyle: '#101820', fillStyle: '#101820', lineWidth: PEN, lineCap: 'round', lineJoin: 'round' })
  for (const stroke of strokes) {
    const [first, ...rest] = stroke
    if (!first) continue
    pen.beginPath()
    pen.moveTo(...first)
    // Through the middles of the points: a fast hand leaves corners.
    rest.forEach(([x, y], i) => {
      const [nextX, nextY] = rest[i + 1] ?? [x, y]
      pen.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2)
    })
    if (rest.length === 0) pen.lineTo(first[0] + 0.1, first[1])
    pen.stroke()
  }
}

/** `take`: the picture, when it is accepted. */
export function SignPad({ id, label, busy, take }: { id: string; label: string; busy: boolean; take(picture: Blob): void }) {
  const { lang } = useHere()
  const frm = formWords(lang)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [strokes, setStrokes] = useState<readonly Stroke[]>([])
  const drawing = useRef<Stroke>(undefined)
  useEffect(() => draw(canvas.current!, strokes), [strokes])
  const pointOf = (event: PointerEvent): Point => {
    const box = canvas.current!.getBoundingClientRect()
    return [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT]
  }
  const isSigned = lengthOf(strokes) >= SHORTEST
  return (
    <div className="sign-pad">
      <canvas
        id={id}
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={label}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.preventDefault()
          canvas.current!.setPointerCapture(event.pointerId)
          drawing.current = [pointOf(event)]
          setStrokes((before) => [...before, drawing.current!])
        }}
        onPointerMove={(event) => {
          const stroke = drawing.current
          if (!stroke) return
          stroke.push(pointOf(event))
          draw(canvas.current!, strokes)
        }}
        onPointerUp={() => {
          drawing.current = undefined
          setStrokes((now) => [...now])
        }}
        onPointerCancel={() => {
          drawing.current = undefined
          setStrokes((now) => now.slice(0, -1))
        }}
      />
      <div className="row wrap">
        <button
          type="button"
          className="button"
          disabled={!isSigned || busy}
          onClick={() => canvas.current!.toBlob((picture) => picture && take(picture), 'image/png')}
        >
          {frm.signTake}
        </button>
        <button type="button" className="plain" disabled={strokes.length === 0} onClick={() => setStrokes([])}>
          {frm.signClear}
        </button>
      </div>
    </div>
  )
}
