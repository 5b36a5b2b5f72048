/**
 * Files that people share. Their bytes go from the browser straight to an {@link dev.parley.uploads.ObjectStore}; {@link
 * dev.parley.uploads.UploadService} allows that beforehand and looks at what has arrived, {@link dev.parley.uploads.MediaService}
 * says where it can be read.
 */
@NullMarked
package dev.parley.uploads;

import org.jspecify.annotations.NullMarked;
