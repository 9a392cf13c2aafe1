/** The look: one calm dark green that passes AA on white, square enough for a form, large enough for a finger. */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = [
  '#eaf5f4',
  '#d5e9e7',
  '#a9d3cf',
  '#7abcb6',
  '#52a8a1',
  '#3a9c94',
  '#1f837c',
  '#106f69',
  '#0b5f5b',
  '#064a47',
];

/** Paper, border and ink of a message; every ink passes AA on its paper, which the usual tints do not. */
const tones: Readonly<Record<string, readonly [paper: string, border: string, ink: string]>> = {
  red: ['#fdf0ef', '#dd9d98', '#8f1d18'],
  orange: ['#fdf3e6', '#deb27c', '#7a3b00'],
  yellow: ['#fdf3e6', '#deb27c', '#7a3b00'],
  green: ['#edf7ee', '#93c49c', '#1d5a27'],
  blue: ['#edf4fc', '#9dc0e4', '#0f4a86'],
  gray: ['#f3f5f6', '#b9c2c9', '#3b434b'],
};

const toneOf = (color: unknown): readonly [string, string, string] =>
  tones[String(color ?? 'blue').split('.')[0] ?? ''] ?? (tones.blue as readonly [string, string, string]);

/** What a finger hits without looking: the usual sizes stop two pixels short of it. */
const finger = '44px';

export const theme = createTheme({
  colors: { pine },
  primaryColor: 'pine',
  primaryShade: 8,
  autoContrast: true,
  luminanceThreshold: 0.35,
  defaultRadius: 'md',
  focusRing: 'auto',
  cursorType: 'pointer',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", "Liberation Sans", Arial, sans-serif',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.6rem' }, h2: { fontSize: '1.2rem' } } },
  components: {
    Alert: {
      vars: (_theme: unknown, { color }: { color?: unknown }) => {
        const [paper, border, ink] = toneOf(color);
        return { root: { '--alert-bg': paper, '--alert-color': ink, '--alert-bd': `1px solid ${border}` } };
      },
    },
    Button: {
      defaultProps: { size: 'md' },
      vars: (_theme: unknown, { size }: { size?: unknown }) => ({
        root: size === 'md' ? { '--button-height': finger } : {},
      }),
    },
    Input: {
      vars: (_theme: unknown, { size }: { size?: unknown }) => ({
        wrapper: size === 'md' ? { '--input-height': finger } : {},
      }),
    },
    TextInput: { defaultProps: { size: 'md' } },
    // Its arrows are half as tall as a finger, and whoever types a number needs none.
    NumberInput: { defaultProps: { size: 'md', hideControls: true } },
    Textarea: { defaultProps: { size: 'md' } },
    Select: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    // Nothing slides: old machines stutter, and a dialog that is there at once can be typed into at once.
    Modal: { defaultProps: { transitionProps: { duration: 0 } } },
    // A dialog's head is not a second banner of the page.
    ModalHeader: { defaultProps: { component: 'div' } },
    ModalTitle: { defaultProps: { fw: 650, fz: 'lg' } },
    ActionIcon: { defaultProps: { size: 44, variant: 'subtle' } },
  },
});
