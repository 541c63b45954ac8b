// 24 bars in a line of text. The label says the sum; the numbers themselves can be had as a table where it matters.

import styles from './sparkline.module.css'

type Props = { values: readonly number[]; label: string; height?: number; barWidth?: number }

export function Sparkline({ values, label, height = 18, barWidth = 4 }: Props) {
  const top = Math.max(1, ...values)
  const width = values.length * barWidth
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.sparkline}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      preserveAspectRatio="none"
    >
      {values.map((value, index) => {
        const tall = value === 0 ? 0 : Math.max(1, (value / top) * (height - 1))
        const x = index * barWidth
        return <rect key={x} x={x} y={height - 1 - tall} width={barWidth - 1} height={tall} />
      })}
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
    </svg>
  )
}
