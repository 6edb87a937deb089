/** Begins before the scripts of the pages are there: asks for what they will show. */
import { askFirst } from './first-asked.ts'
import './look.css'

void askFirst(window.location.pathname)
void import('./app.tsx')
