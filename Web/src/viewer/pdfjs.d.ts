/** The part of pdf.js 2.14 that the viewer uses; Debian's package carries no types. */
declare module "pdfjs-dist/build/pdf" {
  export interface TextItem {
    str: string;
    /** Of its letters, in points. */
    height: number;
    /** The last two of its six numbers are where it begins, in points from the page's lower left. */
    transform: number[];
  }

  export interface TextContent {
    items: (TextItem | { type: string })[];
    styles: Record<string, unknown>;
  }

  export interface PageViewport {
    width: number;
    height: number;
    scale: number;
    convertToViewportPoint(x: number, y: number): [number, number];
  }

  export interface RenderTask {
    promise: Promise<void>;
    cancel(): void;
  }

  export interface PDFPageProxy {
    getViewport(options: { scale: number }): PageViewport;
    getTextContent(): Promise<TextContent>;
    render(options: { canvasContext: CanvasRenderingContext2D; viewport: PageViewport; transform?: number[] }): RenderTask;
    cleanup(): void;
  }

  export interface PDFDocumentProxy {
    numPages: number;
    getPage(number: number): Promise<PDFPageProxy>;
  }

  export interface PDFLoadingTask {
    promise: Promise<PDFDocumentProxy>;
    destroy(): Promise<void>;
  }

  export class PDFDataRangeTransport {
    constructor(length: number, initialData: Uint8Array | null);
    onDataRange(begin: number, chunk: Uint8Array): void;
    requestDataRange(begin: number, end: number): void;
    abort(): void;
  }

  export const GlobalWorkerOptions: { workerSrc: string };

  export function getDocument(options: Record<string, unknown>): PDFLoadingTask;

  export function renderTextLayer(options: {
    textContent: TextContent;
    container: HTMLElement;
    viewport: PageViewport;
    textDivs: HTMLElement[];
  }): RenderTask;
}
