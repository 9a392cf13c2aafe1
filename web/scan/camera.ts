/**
 * The camera as a source of codes: opening it, why it cannot be opened, its light, and a loop that looks at frames one at
 * a time. Whatever happens ends in a state that a screen can show: nothing here waits for ever.
 */
import { readCode } from './read-picture.ts';

export type CameraProblem = 'no-camera' | 'refused' | 'in-use' | 'insecure' | 'no-picture' | 'no-reader';

export interface Camera {
  readonly stream: MediaStream;
  /** Switches the light; undefined where the camera has none. */
  readonly setTorch: ((on: boolean) => Promise<void>) | undefined;
  readonly close: () => void;
}

/** A camera that has shown no frame by then is covered by another program or broken. */
const firstFrameMs = 10_000;
/** Between two looks, so that the screen stays alive on an old phone. */
const pauseMs = 80;

const problemOf = (error: unknown): CameraProblem => {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'no-camera' : 'in-use';
};

// Not in the DOM's types: the light is an extension of Image Capture.
type WithTorch<T> = T & { torch?: boolean };

/** Opens the camera that looks away from the person, or says why not. The person's permission is awaited. */
export const openCamera = async (): Promise<Camera | CameraProblem> => {
  if (!globalThis.isSecureContext || !navigator.mediaDevices?.getUserMedia) return 'insecure';
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1_280 }, height: { ideal: 720 } },
    });
  } catch (error) {
    return problemOf(error);
  }
  const track = stream.getVideoTracks()[0];
  if (!track) return 'no-camera';
  const capabilities: WithTorch<MediaTrackCapabilities> = track.getCapabilities?.() ?? {};
  return {
    stream,
    setTorch: capabilities.torch
      ? (on) => track.applyConstraints({ advanced: [{ torch: on } as WithTorch<MediaTrackConstraintSet>] })
      : undefined,
    close: () => {
      for (const each of stream.getTracks()) each.stop();
    },
  };
};

/**
 * Looks at the frames of a playing video until `signal` aborts, and hands over each code; the same code again only after
 * it has been out of sight for `forgetMs`. Reports `no-picture` where no frame comes, `no-reader` where the reader cannot
 * be fetched, and then ends.
 */
export const watch = async (
  video: HTMLVideoElement,
  { signal, forgetMs, onCode }: { signal: AbortSignal; forgetMs: number; onCode: (raw: string) => void },
): Promise<CameraProblem | undefined> => {
  const began = performance.now();
  let last: { raw: string; seenAt: number } | undefined;
  let failures = 0;
  while (!signal.aborted) {
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0) {
      try {
        const raw = await readCode(video);
        failures = 0;
        if (signal.aborted) return undefined;
        const now = performance.now();
        if (raw !== undefined) {
          const isNew = last?.raw !== raw || now - last.seenAt > forgetMs;
          last = { raw, seenAt: now };
          if (isNew) onCode(raw);
        }
      } catch {
        // One frame can fail while the camera turns; a reader that is not there fails each time.
        failures += 1;
        if (failures > 20) return 'no-reader';
      }
    } else if (performance.now() - began > firstFrameMs) return 'no-picture';
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return undefined;
};
