package com.sun.glass.ui.desk;

import com.sun.glass.ui.Application;
import com.sun.glass.ui.headless.DeskApplication;
import com.sun.glass.ui.headless.HeadlessPlatformFactory;

/// `-Dglass.platform=Desk`: the headless platform of JavaFX with a robot that behaves like a
/// person. JavaFX finds it by the name of package and class.
public final class DeskPlatformFactory extends HeadlessPlatformFactory {

  @Override
  public Application createApplication() {
    return new DeskApplication();
  }
}
