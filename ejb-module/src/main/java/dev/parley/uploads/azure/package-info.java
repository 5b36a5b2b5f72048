/** Azure Blob Storage as a {@link dev.parley.uploads.ObjectStore}; the only package that knows Azure. */
@NullMarked
package dev.parley.uploads.azure;

import org.jspecify.annotations.NullMarked;
