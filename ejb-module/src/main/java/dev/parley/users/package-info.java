/** People: their accounts, profiles and passwords. Others see {@link dev.parley.users.User}. */
@NullMarked
package dev.parley.users;

import org.jspecify.annotations.NullMarked;
