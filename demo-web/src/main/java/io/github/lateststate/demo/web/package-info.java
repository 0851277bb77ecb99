/** What the demo's web servers have in common: how they start and stop, where they listen, and how they answer for their health and with errors. */
@NullMarked
package io.github.lateststate.demo.web;

import org.jspecify.annotations.NullMarked;
