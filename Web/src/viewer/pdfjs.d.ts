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
    /** From where something is seen to the file's own coordinates. */
    convertToPdfPoint(x: number, y: number): [number, number];
    convertToViewportPoint(x: number, y: number): [number, number];
    convertToViewportRectangle(rect: number[]): [number, number, number, number];
  }

  /** A page by its index or its object, how to fit it into the view, and coordinates in points. */
  export type Destination = [target: number | Record<string, unknown>, kind: { name: string }, ...coordinates: (number | null)[]];

  export interface LinkAnnotation {
    subtype: string;
    /** Two corners, in points from the page's lower left. */
    rect: number[];
    url?: string;
    dest?: string | Destination | null;
  }

  export interface RenderTask {
    promise: Promise<void>;
    cancel(): void;
  }

  export interface PDFPageProxy {
    getViewport(options: { scale: number }): PageViewport;
    getTextContent(): Promise<TextContent>;
    getAnnotations(): Promise<LinkAnnotation[]>;
    render(options: { canvasContext: CanvasRenderingContext2D; viewport: PageViewport; transform?: number[] }): RenderTask;
    cleanup(): void;
  }

  export interface PDFDocumentProxy {
    numPages: number;
    getPage(number: number): Promise<PDFPageProxy>;
    getDestination(name: string): Promise<Destination | null>;
    getPageIndex(reference: Record<string, unknown>): Promise<number>;
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
