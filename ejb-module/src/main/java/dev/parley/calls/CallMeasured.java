package dev.parley.calls;

/** A device has reported, for the first time, how its part of a call was. */
public record CallMeasured(CallQuality quality) {}
