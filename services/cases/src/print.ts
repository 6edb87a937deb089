/** The thread that prints (libs/documents). */
import '@tirek/documents/printing/thread'
