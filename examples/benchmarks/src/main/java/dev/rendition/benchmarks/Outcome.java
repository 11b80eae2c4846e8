package dev.rendition.benchmarks;

import dev.rendition.benchmarks.candidate.Target;
import java.util.List;
import java.util.Map;

/**
 * What one contender cost and made in one task.
 *
 * @param samples by round, on one thread
 * @param together on all processors, where measured
 * @param psnr of the first source's renditions against the reference, in dB
 * @param sizes of the files made of the first source, in bytes
 * @param peakResident of its process, in bytes
 */
record Outcome(
    Contender contender,
    List<Sample> samples,
    List<Sample> together,
    Map<Target, Double> psnr,
    Map<Target, Long> sizes,
    long peakResident) {
  Outcome {
    samples = List.copyOf(samples);
    together = List.copyOf(together);
    psnr = Map.copyOf(psnr);
    sizes = Map.copyOf(sizes);
  }

  double cpu() {
    return Medians.of(samples, Sample::cpu);
  }
}
